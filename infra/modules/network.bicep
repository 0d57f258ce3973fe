// Where the apps and the private endpoints of prod are: nothing else can reach the data.
import { placeType } from 'types.bicep'

param suffix string
param location string
param tags object
param workspaceId string

@allowed(['flex', 'premium'])
param hosting string

var zones = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  file: 'privatelink.file.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
  cosmos: 'privatelink.documents.azure.com'
  eventHubs: 'privatelink.servicebus.windows.net'
}

resource guard 'Microsoft.Network/networkSecurityGroups@2024-07-01' = {
  name: 'nsg-${suffix}'
  location: location
  tags: tags
}

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'vnet-${suffix}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/22'
          networkSecurityGroup: { id: guard.id }
          delegations: [
            {
              name: 'functions'
              properties: { serviceName: hosting == 'flex' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.4.0/24'
          networkSecurityGroup: { id: guard.id }
        }
      }
    ]
  }
}

resource guardLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: guard
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

resource networkLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: network
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

resource privateZones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zones): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in items(zones): {
    parent: privateZones[index]
    name: 'apps'
    location: 'global'
    properties: {
      virtualNetwork: { id: network.id }
      registrationEnabled: false
    }
  }
]

output place placeType = {
  appsSubnetId: '${network.id}/subnets/apps'
  endpointsSubnetId: '${network.id}/subnets/endpoints'
  zones: {
    blob: resourceId('Microsoft.Network/privateDnsZones', zones.blob)
    queue: resourceId('Microsoft.Network/privateDnsZones', zones.queue)
    table: resourceId('Microsoft.Network/privateDnsZones', zones.table)
    file: resourceId('Microsoft.Network/privateDnsZones', zones.file)
    vault: resourceId('Microsoft.Network/privateDnsZones', zones.vault)
    cosmos: resourceId('Microsoft.Network/privateDnsZones', zones.cosmos)
    eventHubs: resourceId('Microsoft.Network/privateDnsZones', zones.eventHubs)
  }
}
