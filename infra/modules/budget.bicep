// A mail at four fifths of what a month may cost, and at all of it. Without an address the portal alone shows it.
param amount int

@description('The first of a month, as yyyy-MM-dd.')
param from string
param email string

var alert = { enabled: true, operator: 'GreaterThanOrEqualTo', contactEmails: empty(email) ? [] : [email], contactRoles: ['Owner'] }

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'lagerhaus'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: from }
    notifications: {
      mostOfIt: union(alert, { threshold: 80 })
      allOfIt: union(alert, { threshold: 100 })
    }
  }
}
