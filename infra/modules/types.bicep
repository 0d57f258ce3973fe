@export()
@description('Where private endpoints go, and the DNS zones that their names go into.')
type placeType = {
  appsSubnetId: string
  endpointsSubnetId: string
  zones: {
    blob: string
    queue: string
    table: string
    file: string
    vault: string
    cosmos: string
    eventHubs: string
  }
}
