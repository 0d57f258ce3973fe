// Mail and SMS to customers. Mail comes from a domain of Azure's, at once, or from an own one, once its owner has put the records that
// are put out here into its DNS. A telephone number cannot be had by Bicep: it is bought in the portal. No key opens any of it.
param suffix string
param tags object

@description('Where messages are kept, as Communication Services names places.')
param dataLocation string

@description('Own domain that mail comes from; empty takes one of Azure\'s.')
param mailDomain string

@description('Whether the own domain is verified: only then may it be linked.')
param isVerified bool
param principalId string
param workspaceId string

// Communication and Email Service Owner: there is no smaller one that may send by both.
var sender = '09976791-48a7-449e-bb21-39d1a415f350'
var isOfAzure = empty(mailDomain)

resource mail 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: 'mail-${suffix}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource domain 'Microsoft.Communication/emailServices/domains@2023-04-01' = {
  parent: mail
  name: isOfAzure ? 'AzureManagedDomain' : mailDomain
  location: 'global'
  tags: tags
  properties: {
    domainManagement: isOfAzure ? 'AzureManaged' : 'CustomerManaged'
    // Whether somebody has read a notice is nobody's business.
    userEngagementTracking: 'Disabled'
  }
}

resource service 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: 'acs-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: isOfAzure || isVerified ? [domain.id] : []
  }
}

resource maySend 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: service
  name: guid(service.id, principalId, sender)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', sender)
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: service
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

output endpoint string = 'https://${service.properties.hostName}'

@description('The address that each domain has from the start.')
output mailSender string = 'DoNotReply@${domain.properties.mailFromSenderDomain}'

@description('What an own domain has to have in its DNS.')
output dnsRecords object = isOfAzure ? {} : domain.properties.verificationRecords
