// Where an Elastic Premium plan keeps what is deployed: a file share, which that plan opens by a key alone. So it is an account of
// its own, with nothing else in it, and its key is in the vault.
// Source: https://learn.microsoft.com/azure/azure-functions/storage-considerations
import { placeType } from 'types.bicep'

param suffix string
param location string
param tags object
param isProd bool
param shares string[]
param vaultName string
param workspaceId string
param network placeType?

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: 'stc${suffix}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: isProd ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: true
    publicNetworkAccess: isProd ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isProd ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource content 'Microsoft.Storage/storageAccounts/fileServices/shares@2025-01-01' = [
  for share in shares: {
    parent: files
    name: share
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: files
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource connection 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'content-share'
  properties: {
    value: 'DefaultEndpointsProtocol=https;AccountName=${account.name};AccountKey=${account.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
  }
}

module endpoint 'private-endpoint.bicep' = if (network != null) {
  name: 'content-share-endpoint'
  params: {
    name: 'pe-file-${suffix}'
    location: location
    tags: tags
    subnetId: network!.endpointsSubnetId
    targetId: account.id
    part: 'file'
    zoneId: network!.zones.file
  }
}

output secretUri string = connection.properties.secretUri
