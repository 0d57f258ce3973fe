// The bus: a hub for each topic of the code. The Kafka trigger knows no identity, so it gets a connection string that may only
// listen, out of the vault; everything else goes by the apps' identity.
import { placeType } from 'types.bicep'

param suffix string
param location string
param tags object
param isProd bool

@allowed(['kafka', 'eventhubs'])
param eventTrigger string
param partitions int
param throughputUnits int
param lagThreshold int
param principalId string
param vaultName string
param workspaceId string
param network placeType?

var registry = loadJsonContent('registry.json')
var isKafka = eventTrigger == 'kafka'
var retentionHours = 168

// Data Sender, Data Receiver.
var roles = ['2b629674-e913-4c01-ae53-ef4638d8f975', 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde']

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'evhns-${suffix}'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard', capacity: throughputUnits }
  properties: {
    minimumTlsVersion: '1.2'
    kafkaEnabled: true
    disableLocalAuth: !isKafka
    zoneRedundant: isProd
    isAutoInflateEnabled: isProd
    maximumThroughputUnits: isProd ? min(40, throughputUnits * 4) : 0
    publicNetworkAccess: isProd ? 'Disabled' : 'Enabled'
  }
}

resource hubs 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = [
  for topic in registry.topics: {
    parent: namespace
    name: topic
    properties: {
      partitionCount: partitions
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: retentionHours }
    }
  }
]

// The groups of Kafka clients appear by themselves.
resource groups 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = [
  for consumer in registry.consumers: if (!isKafka) {
    parent: hubs[indexOf(registry.topics, consumer.topic)]
    name: consumer.name
    properties: {}
  }
]

resource listener 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' = if (isKafka) {
  parent: namespace
  name: 'kafka-trigger'
  properties: { rights: ['Listen'] }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource listenerSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (isKafka) {
  parent: vault
  name: 'event-hubs-listen'
  properties: { value: listener!.listKeys().primaryConnectionString }
}

resource mayUse 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    scope: namespace
    name: guid(namespace.id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

module endpoint 'private-endpoint.bicep' = if (network != null) {
  name: 'event-hubs-endpoint'
  params: {
    name: 'pe-event-hubs-${suffix}'
    location: location
    tags: tags
    subnetId: network!.endpointsSubnetId
    targetId: namespace.id
    part: 'namespace'
    zoneId: network!.zones.eventHubs
  }
}

var host = '${namespace.name}.servicebus.windows.net'
var byKafka = {
  KAFKA_SASL_MECHANISM: 'OAUTHBEARER'
  KAFKA_SASL_USERNAME: '$ConnectionString'
  LAG_THRESHOLD: string(lagThreshold)
  KAFKA_SASL_PASSWORD: isKafka ? '@Microsoft.KeyVault(SecretUri=${listenerSecret!.properties.secretUri})' : ''
}
var byEventHubs = {
  EVENT_HUBS__fullyQualifiedNamespace: host
  AzureFunctionsJobHost__extensions__eventHubs__targetUnprocessedEventThreshold: string(lagThreshold)
}

output id string = namespace.id

@description('What the apps have to know of the bus.')
output settings object = union(
  {
    EVENT_TRIGGER: eventTrigger
    KAFKA_BROKERS: '${host}:9093'
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL'
  },
  isKafka ? byKafka : byEventHubs
)
