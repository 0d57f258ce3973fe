// What has to be secret: the keys that sign tokens, the first admin's password, the connection string of the Kafka trigger.
import { placeType } from 'types.bicep'

param suffix string
param location string
param tags object
param isProd bool
param readerPrincipalId string
param workspaceId string
param network placeType?

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-${suffix}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: isProd ? 90 : 7
    enablePurgeProtection: true
    publicNetworkAccess: isProd ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isProd ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }
}

resource mayRead 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, readerPrincipalId, keyVaultSecretsUser)
  properties: {
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

module endpoint 'private-endpoint.bicep' = if (network != null) {
  name: 'vault-endpoint'
  params: {
    name: 'pe-vault-${suffix}'
    location: location
    tags: tags
    subnetId: network!.endpointsSubnetId
    targetId: vault.id
    part: 'vault'
    zoneId: network!.zones.vault
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
