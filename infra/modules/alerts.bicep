// What somebody has to be told of. What each means and what to do is in docs/operations.md. Those that read the log look for the
// words of its lines, which a test holds against the code.
param suffix string
param location string
param tags object
param email string
param insightsId string
param workspaceId string
param cosmosId string
param eventHubsId string
param hosts string[]

@description('Whether the apps are called at intervals, which keeps them awake.')
param availabilityTest bool

@description('How often the alerts that read the log do so: each is paid by that.')
param logAlertsEach string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'lagerhaus'
    enabled: true
    emailReceivers: empty(email)
      ? []
      : [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// `dependencies`: of which of those that /health asks, where the line is about one.
var lines = [
  {
    name: 'dead-letters'
    summary: 'An event was parked, which nothing tries again until somebody decides.'
    words: 'parked as dead letter'
    dependencies: []
    severity: 2
    atLeast: 1
  }
  {
    name: 'lag'
    summary: 'A consumer is further behind than LAG_ALERT.'
    words: 'dependency unhealthy'
    dependencies: ['consumers']
    severity: 2
    atLeast: 2
  }
  {
    name: 'unhealthy'
    summary: 'What the apps need does not answer, or events wait in the outbox.'
    words: 'dependency unhealthy'
    dependencies: ['store', 'bus', 'outbox']
    severity: 2
    atLeast: 2
  }
  {
    name: 'unwritable-topic'
    summary: 'A topic takes no events: they wait in the outbox.'
    words: 'topic unwritable, its events wait in the outbox'
    dependencies: []
    severity: 1
    atLeast: 1
  }
  {
    name: 'provider-away'
    summary: 'Who does something for us outside, such as sending mail, does not answer: it waits.'
    words: 'provider away, what it is to do waits'
    dependencies: []
    severity: 2
    atLeast: 1
  }
  {
    name: 'sweep'
    summary: 'What is due is not visited: deadlines are not met, and what a crash left is not sent.'
    words: 'sweep failed, next try at the next tick'
    dependencies: []
    severity: 1
    atLeast: 3
  }
  {
    name: 'overloaded'
    summary: 'More comes than can be decided in time: the rest is refused.'
    words: 'overloaded'
    dependencies: []
    severity: 3
    atLeast: 100
  }
]

resource ofLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for line in lines: {
    name: 'alert-${line.name}-${suffix}'
    location: location
    tags: tags
    properties: {
      displayName: 'Lagerhaus: ${line.name}'
      description: line.summary
      severity: line.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: logAlertsEach
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: 'AppTraces | where Message has "${line.words}"${empty(line.dependencies) ? '' : ' | where tostring(parse_json(Message).dependency) in ("${join(line.dependencies, '", "')}")'}'
            timeAggregation: 'Count'
            operator: 'GreaterThanOrEqual'
            threshold: line.atLeast
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [people.id] }
    }
  }
]

// One number of each quarter of an hour. Of requests a sample is kept (host.json), of which each stands for ItemCount. What no
// client asked for, a batch of events or a timer, has the code 0.
var measures = [
  {
    name: 'failures'
    summary: 'Requests are answered 5xx, or batches of events fail. What is refused as overloaded is told by its line in the log.'
    query: 'AppRequests | where (toint(ResultCode) >= 500 and OperationId !in ((AppTraces | where Message has "overloaded" | distinct OperationId))) or (ResultCode == "0" and not(Success)) | summarize value = sum(ItemCount)'
    threshold: 10
    severity: 2
    periods: 1
    failing: 1
  }
  {
    name: 'latency'
    summary: 'Of the requests of a quarter of an hour, one in twenty took more than two seconds.'
    query: 'AppRequests | where toint(ResultCode) > 0 | summarize value = percentilew(DurationMs, ItemCount, 95)'
    threshold: 2000
    severity: 3
    periods: 3
    failing: 2
  }
]

resource ofRequests 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for measure in measures: {
    name: 'alert-${measure.name}-${suffix}'
    location: location
    tags: tags
    properties: {
      displayName: 'Lagerhaus: ${measure.name}'
      description: measure.summary
      severity: measure.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: logAlertsEach
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: measure.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'value'
            operator: 'GreaterThan'
            threshold: measure.threshold
            failingPeriods: { numberOfEvaluationPeriods: measure.periods, minFailingPeriodsToAlert: measure.failing }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [people.id] }
    }
  }
]

var metrics = [
  {
    name: 'cosmos-throttled'
    summary: 'Cosmos DB answers 429: raise maximumRequestUnits, or see whether one boundary is hot.'
    scope: cosmosId
    space: 'Microsoft.DocumentDB/databaseAccounts'
    metric: 'TotalRequests'
    aggregation: 'Count'
    threshold: 100
    severity: 3
    dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
  }
  {
    name: 'event-hubs-throttled'
    summary: 'Event Hubs holds requests back: raise throughputUnits.'
    scope: eventHubsId
    space: 'Microsoft.EventHub/namespaces'
    metric: 'ThrottledRequests'
    aggregation: 'Total'
    threshold: 10
    severity: 3
    dimensions: []
  }
]

resource ofMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for metric in metrics: {
    name: 'alert-${metric.name}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: metric.summary
      severity: metric.severity
      enabled: true
      scopes: [metric.scope]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: metric.name
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: metric.space
            metricName: metric.metric
            dimensions: metric.dimensions
            timeAggregation: metric.aggregation
            operator: 'GreaterThan'
            threshold: metric.threshold
          }
        ]
      }
      autoMitigate: true
      actions: [{ actionGroupId: people.id }]
    }
  }
]

// From five places: a test from one says more of that place than of the shop.
resource tests 'Microsoft.Insights/webtests@2022-06-15' = [
  for (host, index) in hosts: if (availabilityTest) {
    name: 'ready-${index}-${suffix}'
    location: location
    // The portal finds the component that a test belongs to by this tag alone.
    tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
    kind: 'standard'
    properties: {
      SyntheticMonitorId: 'ready-${index}-${suffix}'
      Name: 'ready ${host}'
      Enabled: true
      Kind: 'standard'
      Frequency: 300
      Timeout: 60
      RetryEnabled: true
      Locations: [
        { Id: 'emea-nl-ams-azr' }
        { Id: 'emea-gb-db3-azr' }
        { Id: 'emea-fr-pra-edge' }
        { Id: 'us-va-ash-azr' }
        { Id: 'us-ca-sjc-azr' }
      ]
      Request: { RequestUrl: 'https://${host}/health/ready', HttpVerb: 'GET' }
      ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
    }
  }
]

resource unavailable 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for (host, index) in hosts: if (availabilityTest) {
    name: 'alert-availability-${index}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: '${host} is not ready, as seen from two places or more.'
      severity: 1
      enabled: true
      scopes: [tests[index].id, insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
        webTestId: tests[index].id
        componentId: insightsId
        failedLocationCount: 2
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]
