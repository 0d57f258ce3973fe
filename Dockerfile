# The package on the Azure Functions host, for those who run it elsewhere than on a plan of Functions: docs/containers.md.
#   npm run package && docker build --platform linux/amd64 --tag lagerhaus .
# The tag moves with the security updates of the host, and is pinned to its version and that of Node only.
FROM mcr.microsoft.com/azure-functions/node:4-node24

# A little more than the largest body that a route takes, 10 MiB, as in local.settings.sample.json.
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    FUNCTIONS_WORKER_RUNTIME=node \
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT=11534336

COPY dist /home/site/wwwroot
