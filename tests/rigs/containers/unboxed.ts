import type { ComposeService } from './local-compose.ts';

export interface Place {
  /** Ports of this machine by those that the container's program takes for its own. */
  readonly ports: Readonly<Record<string, string>>;
  /** Folders of this machine by where the container has them. */
  readonly folders: Readonly<Record<string, string>>;
}

/** The command and the environment that compose.yaml gives a container, as they are without a container. */
export function unboxed({ command, environment }: ComposeService, place: Place) {
  const own = (text: string) =>
    Object.entries(place.folders)
      .reduce((changed, [within, folder]) => changed.replaceAll(within, folder), text)
      .replaceAll(/\b\d{4,5}\b/g, (number) => place.ports[number] ?? number)
      // Other containers, and every address of its own, are this machine.
      .replaceAll(/(?<=:\/\/)kafka(?=:)|\b0\.0\.0\.0\b|(?<=:\/\/)(?=:)/g, '127.0.0.1');
  return {
    command: command.map(own),
    environment: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, own(value)])),
  };
}

/** The ports that the container publishes: those of this machine by its own. */
export function publishedPorts({ ports }: ComposeService): Place['ports'] {
  return Object.fromEntries(
    ports.map((port) => {
      const [, outside = '', within = ''] = port.split(':');
      return [within, outside];
    }),
  );
}
