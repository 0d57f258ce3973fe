// The store: a container for each service of the code, with the indexes that its queries need. No key opens it, and reads are
// Strong (docs/decisions/0034): the client asks for no level of its own.
import { placeType } from 'types.bicep'

param suffix string
param location string
param tags object
param isProd bool
param maximumRequestUnits int
param principalId string
param workspaceId string
param network placeType?

var registry = loadJsonContent('registry.json')
var databaseName = 'lagerhaus'

// So many containers may share the throughput of a database; one more has its own.
// Source: https://learn.microsoft.com/azure/cosmos-db/set-throughput
var sharing = 25
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: 'cosmos-${suffix}'
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: isProd }]
    consistencyPolicy: { defaultConsistencyLevel: 'Strong' }
    capabilities: isProd ? [] : [{ name: 'EnableServerless' }]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: isProd ? 'Continuous30Days' : 'Continuous7Days' }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: isProd ? 'Disabled' : 'Enabled'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: { id: databaseName }
    // Shared by all containers: what one does not use another may.
    options: isProd ? { autoscaleSettings: { maxThroughput: maximumRequestUnits } } : {}
  }
}

resource containers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for (container, index) in registry.containers: {
    parent: database
    name: container.name
    properties: {
      resource: {
        id: container.name
        partitionKey: { kind: 'Hash', version: 2, paths: ['/boundary'] }
        // On, with no time for those that name none themselves.
        defaultTtl: -1
        indexingPolicy: container.indexingPolicy
      }
      options: isProd && index >= sharing ? { autoscaleSettings: { maxThroughput: maximumRequestUnits } } : {}
    }
  }
]

resource mayUse 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributor)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    scope: account.id
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      { category: 'PartitionKeyRUConsumption', enabled: true }
    ]
    metrics: [{ category: 'Requests', enabled: true }]
  }
}

module endpoint 'private-endpoint.bicep' = if (network != null) {
  name: 'cosmos-endpoint'
  params: {
    name: 'pe-cosmos-${suffix}'
    location: location
    tags: tags
    subnetId: network!.endpointsSubnetId
    targetId: account.id
    part: 'Sql'
    zoneId: network!.zones.cosmos
  }
}

output id string = account.id
output endpoint string = account.properties.documentEndpoint
output database string = databaseName
