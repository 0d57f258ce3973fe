import type { Settings } from '../settings.ts';

/**
 * Whether a setting such as `AzureWebJobs.sweep.Disabled` keeps a function from being triggered, as an operator writes it on Azure. Where a
 * name can have no dots, each is an underscore.
 * Sources: https://learn.microsoft.com/azure/azure-functions/disable-function,
 * https://github.com/Azure/azure-webjobs-sdk/blob/dev/src/Microsoft.Azure.WebJobs.Host/Listeners/HostListenerFactory.cs
 */
export function isDisabled(functionName: string, settings: Settings): boolean {
  const names = [`AzureWebJobs.${functionName}.Disabled`, `AzureWebJobs_${functionName}_Disabled`];
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.entries(settings).some(([name, value]) => wanted.has(name.toLowerCase()) && isYes(value));
}

function isYes(value: string | undefined): boolean {
  return value === '1' || value?.toLowerCase() === 'true';
}
