import path from 'node:path';
import type { StackFile } from './stack-file.ts';

/** What a person reads once the stack runs: where everything is, how to log in, and three things to try. */
export function welcome(
  { url, kafka, eventHubs, cosmos, blobs, functionsLog, mailFolder, smsFolder, control }: StackFile,
  hasDemo: boolean,
): string {
  const rows = [
    ['API', `${url}/api/v1`],
    ['Docs', `${url}/docs`],
    ['Health', `${url}/health`],
    ['Kafka', `${kafka.brokers}  ${identityOf(kafka)}`],
    ...(kafka.caFile === undefined ? [] : [['', `certificate ${shown(kafka.caFile)}`]]),
    ...(eventHubs === undefined
      ? []
      : [
          ['Hubs', `AMQP, the same topics  ${eventHubs.connectionString}`],
          ['', `checkpoints of who reads the hubs  ${eventHubs.storageConnectionString}`],
        ]),
    ['Cosmos', `${cosmos.endpoint}  database ${cosmos.database}`],
    ['', `key ${cosmos.key}`],
    ['Files', `Blob Storage  ${blobs.connectionString}`],
    ['Log', shown(functionsLog)],
    ...(mailFolder === undefined ? [] : [['Mails', `${shown(mailFolder)}  each notice is a file there`]]),
    ...(smsFolder === undefined ? [] : [['SMS', `${shown(smsFolder)}  each text message is a file there`]]),
    ...(control === undefined ? [] : [['Control', control]]),
  ];
  return [
    '',
    ...rows.map(([name = '', value = '']) => `  ${name.padEnd(8)} ${value}`),
    '',
    '  Register once, and log in (for scripts: npm run token -- --role sales):',
    '',
    `  curl -H 'Content-Type: application/json' ${url}/api/v1/auth/register -d '${registration}'`,
    `  export TOKEN=$(curl -s ${url}/api/v1/auth/login -d 'username=admin@example.com&password=${password}' | ${accessToken})`,
    '',
    `  Try${hasDemo ? '' : ' (without the demo data an order finds no items)'}:`,
    '',
    `  curl -H "Authorization: Bearer $TOKEN" ${url}/api/v1/inventory`,
    `  curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' ${url}/api/v1/orders -d '${firstOrder}'`,
    `  curl -H "Authorization: Bearer $TOKEN" '${url}/api/v1/notifications?recipient=CUST-123'`,
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}

/** How to log in to the bus; the password of one that is not ours is not ours to print. */
function identityOf({ isOutside, securityProtocol, saslMechanism, user, password }: StackFile['kafka']): string {
  const whose = isOutside ? 'your own (KAFKA_BROKERS)' : 'embedded';
  if (!securityProtocol.startsWith('SASL')) return `${whose}, ${securityProtocol}`;
  const identity = isOutside ? `user ${user}` : `user ${user}, password ${password}`;
  return `${whose}, ${securityProtocol}, ${saslMechanism}, ${identity}`;
}

/** As in the README, whose walkthrough can be gone on with: whoever registers twice is refused. */
const password = 'Four-yellow-chairs-1-lamp';

/** Who registers in the walkthrough; the local settings make an admin of this address (`ADMIN_EMAILS`). */
const registration = JSON.stringify({
  email: 'admin@example.com',
  password,
  first_name: 'John',
  last_name: 'song',
  phone: '555-123-4567',
});

/** Takes the access token out of the answer with what every shell has. */
const accessToken = String.raw`sed 's/.*"access_token":"\([^"]*\)".*/\1/'`;

/** The first order of the walkthrough: 2 at 50 and 5 at 480. */
const firstOrder = JSON.stringify({
  customerId: 'CUST-123',
  items: [
    { itemId: 'ITEM-001', quantity: 2 },
    { itemId: 'ITEM-002', quantity: 5 },
  ],
  totalAmount: 2500,
});

const shown = (file: string) => {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
};
