import { startKafkaServer } from '../server.ts';

// A server in a process of its own, to be killed: `node server-process.ts <data folder> <port>`. It says its port.
const [, , dataDir = '', port = '0'] = process.argv;
const server = await startKafkaServer({ dataDir, port: Number(port) });
process.stdout.write(`${server.port}\n`);
