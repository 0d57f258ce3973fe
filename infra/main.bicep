// Lagerhaus on Azure: `azd up` deploys it. What the code needs (topics, containers, consumer groups) it says itself, in
// modules/registry.json, which npm run docs writes; docs/deploy.md says what each parameter is for and what it costs.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Name of the environment, as azd knows it; the resource group and what is in it are named after it.')
param environmentName string

@description('Region of everything.')
param location string

@allowed(['dev', 'prod'])
@description('dev: serverless, may sleep, on the public network. prod: autoscale, zones, private endpoints.')
param size string = 'dev'

@allowed(['', 'flex', 'premium'])
@description('flex scales to zero, each Kafka function by itself; premium is always warm, with all functions in each instance. Empty: premium in prod, flex in dev.')
param hosting string = ''

@allowed(['kafka', 'eventhubs'])
@description('How events reach the functions: by the Kafka trigger, or by the one of Event Hubs, which needs no secret at all.')
param eventTrigger string = 'kafka'

@description('Version of Node.')
@allowed(['22', '24'])
param nodeVersion string = '24'

@description('The apps, and the services that each runs; an app without a list runs all. Each service runs in one app.')
param apps appType[] = [{ name: 'main', services: [] }]

@minValue(1)
@maxValue(1000)
@description('Instances that an app may have at most.')
param maximumInstances int = size == 'prod' ? 40 : 10

@minValue(0)
@maxValue(20)
@description('Instances that are always there. With none, an app that nobody calls sleeps (flex), and its first call waits for a cold start.')
param alwaysReadyInstances int = size == 'prod' ? 2 : 0

@minValue(1)
@maxValue(32)
@description('Partitions of each topic. They can be raised later only on a Premium namespace.')
param partitions int = size == 'prod' ? 32 : 4

@minValue(1)
@maxValue(40)
@description('Throughput units of Event Hubs; in prod the namespace takes up to four times as many by itself.')
param throughputUnits int = 1

@minValue(1)
@description('Events that wait for one consumer for which an instance more is started: fewer react sooner, and cost more.')
param lagThreshold int = 1000

@minValue(1000)
@description('Request units a second that the database scales up to (prod; dev is serverless).')
param maximumRequestUnits int = 10000

@description('Whether five places call each app each five minutes, to tell when it is away. That keeps it awake, and is what dev would cost most for.')
param availabilityTest bool = size == 'prod'

@description('Address of the first admin, who registers by it; empty where staff come by an outside issuer.')
param adminEmail string = ''

@description('Where alerts go; empty sends none.')
param alertEmail string = ''

@minValue(1)
@description('What a month may cost before a mail is sent, in the currency of the subscription.')
param monthlyBudget int = size == 'prod' ? 1000 : 50

@description('First month of the budget; a budget that is there keeps its own.')
param budgetFrom string = utcNow('yyyy-MM-01')

@description('Whether there is Azure Communication Services, for mail and SMS.')
param communication bool = false

@description('Where Communication Services keeps messages: a geography, not a region.')
param communicationData string = 'Europe'

@description('Own domain that mail comes from; empty takes one of Azure\'s, which is there at once.')
param mailDomain string = ''

@description('Whether the own domain has its DNS records and is verified: docs/deploy.md.')
param mailDomainVerified bool = false

@description('Number or name that text messages come from, as it was bought or registered in the portal; empty sends none.')
param smsSender string = ''

@description('Whether the vault holds the secret of the reports of mail and SMS (channel-reports-secret): docs/notifications.md.')
param channelReports bool = false

@description('App settings over those that are set here, such as CORS_ORIGINS or TRUSTED_ISSUERS.')
param settings object = {}

@description('One app.')
type appType = {
  @description('Part of the name of its Functions app, and the service of azure.yaml that is deployed to it.')
  @minLength(1)
  @maxLength(12)
  name: string

  @description('The services that it runs; all, where none is named.')
  services: string[]
}

var isProd = size == 'prod'
var plan = hosting == 'flex' || (empty(hosting) && !isProd) ? 'flex' : 'premium'
var tags = { 'azd-env-name': environmentName }
// Of an own domain that is not verified, and so not linked, no mail is taken.
var sendsMail = communication && (empty(mailDomain) || mailDomainVerified)
// Names that the whole world shares: short, and the same at each deployment.
var suffix = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${suffix}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    retentionDays: isProd ? 90 : 30
    publisherPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (isProd) {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    hosting: plan
    workspaceId: monitoring.outputs.workspaceId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    isProd: isProd
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    network: isProd ? network!.outputs.place : null
  }
}

module vault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    isProd: isProd
    readerPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    network: isProd ? network!.outputs.place : null
  }
}

module eventHubs 'modules/event-hubs.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    isProd: isProd
    eventTrigger: eventTrigger
    partitions: partitions
    throughputUnits: throughputUnits
    lagThreshold: lagThreshold
    principalId: identity.outputs.principalId
    vaultName: vault.outputs.name
    workspaceId: monitoring.outputs.workspaceId
    network: isProd ? network!.outputs.place : null
  }
}

module cosmos 'modules/cosmos.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    isProd: isProd
    maximumRequestUnits: maximumRequestUnits
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    network: isProd ? network!.outputs.place : null
  }
}

module messages 'modules/communication.bicep' = if (communication) {
  scope: group
  params: {
    suffix: suffix
    tags: tags
    dataLocation: communicationData
    mailDomain: mailDomain
    isVerified: mailDomainVerified
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module contentShare 'modules/content-share.bicep' = if (plan == 'premium') {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    isProd: isProd
    shares: [for app in apps: 'func-${app.name}-${suffix}']
    vaultName: vault.outputs.name
    workspaceId: monitoring.outputs.workspaceId
    network: isProd ? network!.outputs.place : null
  }
}

module functionApps 'modules/function-app.bicep' = [
  for app in apps: {
    scope: group
    name: 'app-${app.name}'
    params: {
      name: 'func-${app.name}-${suffix}'
      location: location
      tags: union(tags, { 'azd-service-name': app.name })
      hosting: plan
      nodeVersion: nodeVersion
      maximumInstances: maximumInstances
      alwaysReadyInstances: alwaysReadyInstances
      identityId: identity.outputs.id
      identityClientId: identity.outputs.clientId
      storageName: storage.outputs.name
      subnetId: isProd ? network!.outputs.place.appsSubnetId : ''
      isZoneRedundant: isProd
      contentShareSecretUri: plan == 'premium' ? contentShare!.outputs.secretUri : ''
      workspaceId: monitoring.outputs.workspaceId
      settings: union(
        {
          APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
          APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.outputs.clientId}'
          AZURE_CLIENT_ID: identity.outputs.clientId
          COSMOS_DATABASE: cosmos.outputs.database
          COSMOS_ENDPOINT: cosmos.outputs.endpoint
          ENABLED_SERVICES: join(app.services, ',')
          SIGNING_KEYS: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/signing-keys)'
          // The sweep asks each service what is due: each minute lets dev sleep in between, ten seconds keep what a crash left short.
          SWEEP_SCHEDULE: isProd ? '*/10 * * * * *' : '0 * * * * *'
          TOPIC_PARTITIONS: string(partitions)
          ADMIN_EMAILS: empty(adminEmail) ? '' : 'main:${adminEmail}'
          METRICS: 'token'
          PASSWORD_POLICY: 'length:12,common'
          TENANTS: 'main'
          // Azure's front end, which adds the client's address to X-Forwarded-For.
          TRUSTED_PROXIES: '1'
        },
        eventHubs.outputs.settings,
        communication ? { COMMUNICATION_ENDPOINT: messages!.outputs.endpoint } : {},
        sendsMail ? { MAIL_PROVIDER: 'azure-communication', MAIL_SENDER: messages!.outputs.mailSender } : {},
        communication && !empty(smsSender) ? { SMS_PROVIDER: 'azure-communication', SMS_SENDER: smsSender } : {},
        channelReports
          ? { CHANNEL_REPORTS_SECRET: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/channel-reports-secret)' }
          : {},
        settings
      )
    }
  }
]

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    email: alertEmail
    insightsId: monitoring.outputs.insightsId
    workspaceId: monitoring.outputs.workspaceId
    cosmosId: cosmos.outputs.id
    eventHubsId: eventHubs.outputs.id
    hosts: [for (app, index) in apps: functionApps[index].outputs.host]
    availabilityTest: availabilityTest
    logAlertsEach: isProd ? 'PT5M' : 'PT15M'
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    cosmosId: cosmos.outputs.id
    eventHubsId: eventHubs.outputs.id
  }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: { amount: monthlyBudget, from: budgetFrom, email: alertEmail }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_KEY_VAULT_ID string = vault.outputs.id
output AZURE_STORAGE_NAME string = storage.outputs.name
output AZURE_FUNCTION_APPS string[] = [for (app, index) in apps: functionApps[index].outputs.name]
output AZURE_URL string = 'https://${functionApps[0].outputs.host}'
output AZURE_URLS string[] = [for (app, index) in apps: 'https://${functionApps[index].outputs.host}']
output AZURE_ADMIN_EMAIL string = adminEmail

@description('Where mail and SMS are sent by the apps\' identity; empty without Communication Services. The apps are told.')
output AZURE_COMMUNICATION_ENDPOINT string = communication ? messages!.outputs.endpoint : ''
output AZURE_MAIL_SENDER string = communication ? messages!.outputs.mailSender : ''
output AZURE_MAIL_DNS object = communication ? messages!.outputs.dnsRecords : {}
