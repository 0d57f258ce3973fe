// One page for operators: how much comes through, what waits, what is parked, what it costs in request units.
param location string
param tags object
param insightsId string
param cosmosId string
param eventHubsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insightsId, 'lagerhaus')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Lagerhaus'
    category: 'workbook'
    sourceId: insightsId
    serializedData: replace(replace(loadTextContent('workbook.json'), '<cosmosId>', cosmosId), '<eventHubsId>', eventHubsId)
  }
}
