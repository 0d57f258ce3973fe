import { app } from '@azure/functions';

/** A route that tells the CPU time which the app has taken so far, garbage collection and compiling included, in microseconds. */
export function registerCpuTime(): void {
  app.http('cpu-time', {
    methods: ['GET'],
    route: 'cpu-time',
    authLevel: 'anonymous',
    handler() {
      const { user, system } = process.cpuUsage();
      return { jsonBody: user + system };
    },
  });
}
