// One Functions app, on a plan of its own. Flex Consumption scales each Kafka function by itself, down to none; Elastic Premium has
// all functions in each instance, and is never cold.
param name string
param location string
param tags object

@allowed(['flex', 'premium'])
param hosting string
param nodeVersion string
param maximumInstances int
param alwaysReadyInstances int
param identityId string
param identityClientId string
param storageName string
param subnetId string
param isZoneRedundant bool
param contentShareSecretUri string
param workspaceId string
param settings object

var isFlex = hosting == 'flex'
var storageSuffix = environment().suffixes.storage

// Over zones a plan has two instances at least.
// Source: https://learn.microsoft.com/azure/reliability/reliability-functions
var warm = max(isZoneRedundant ? 2 : 1, alwaysReadyInstances)

// The host's own storage, by identity.
var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: 'https://${storageName}.blob.${storageSuffix}'
  BLOBS_ENDPOINT: 'https://${storageName}.blob.${storageSuffix}'
  AzureWebJobsStorage__queueServiceUri: 'https://${storageName}.queue.${storageSuffix}'
  AzureWebJobsStorage__tableServiceUri: 'https://${storageName}.table.${storageSuffix}'
  EVENT_HUBS__credential: 'managedidentity'
  EVENT_HUBS__clientId: identityClientId
  // Each run is a request of Application Insights: two lines besides for its begin and its end would cost as much again.
  AzureFunctionsJobHost__logging__logLevel__Function: 'Warning'
  // What a body may be at most, in bytes: as much as an import takes.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: string(11 * 1024 * 1024)
}

// What Flex Consumption says elsewhere, in functionAppConfig.
var premiumSettings = {
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'node'
  WEBSITE_RUN_FROM_PACKAGE: '1'
  WEBSITE_CONTENTSHARE: name
  WEBSITE_CONTENTAZUREFILECONNECTIONSTRING: '@Microsoft.KeyVault(SecretUri=${contentShareSecretUri})'
  // The share is there; the key to it is behind a reference, which whoever validates cannot read.
  WEBSITE_SKIP_CONTENTSHARE_VALIDATION: '1'
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: isFlex ? 'functionapp' : 'elastic'
  sku: isFlex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: 'EP1', tier: 'ElasticPremium', capacity: warm }
  properties: {
    reserved: true
    zoneRedundant: isZoneRedundant
    maximumElasticWorkerCount: isFlex ? null : maximumInstances
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    outboundVnetRouting: isFlex ? null : { applicationTraffic: !empty(subnetId), contentShareTraffic: !empty(subnetId) }
    functionAppConfig: isFlex
      ? {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: 'https://${storageName}.blob.${storageSuffix}/packages'
              authentication: {
                type: 'UserAssignedIdentity'
                userAssignedIdentityResourceId: identityId
              }
            }
          }
          runtime: { name: 'node', version: nodeVersion }
          scaleAndConcurrency: {
            instanceMemoryMB: 2048
            maximumInstanceCount: max(40, maximumInstances)
            alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
          }
        }
      : null
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      healthCheckPath: isFlex ? null : '/health/live'
      linuxFxVersion: isFlex ? null : 'NODE|${nodeVersion}'
      minimumElasticInstanceCount: isFlex ? null : warm
      functionAppScaleLimit: isFlex ? null : maximumInstances
      // The platform sees a Kafka consumer's lag only through the host's own eyes.
      functionsRuntimeScaleMonitoringEnabled: isFlex ? null : true
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, isFlex ? {} : premiumSettings, settings)
  }

  // Nobody deploys by a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

// A plan of Flex Consumption measures nothing.
resource planLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!isFlex) {
  scope: plan
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output name string = app.name
output host string = app.properties.defaultHostName
