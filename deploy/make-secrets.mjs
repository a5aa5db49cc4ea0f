// Makes the secrets that OnePoint refuses to start without, as an env file on standard output:
//   node deploy/make-secrets.mjs > deploy/.env
// The operator's token itself is printed on standard error, once: only its hash is in the file.
import { createHash, randomBytes } from 'node:crypto';

const secret = () => randomBytes(32).toString('base64url');
const operatorToken = secret();
const operatorHash = createHash('sha256').update(operatorToken).digest('hex');
const scopes = 'members+merchants+settlement+dashboard';

process.stdout.write(
  [
    `SERVICE_TOKEN=${secret()}`,
    `OPERATOR_TOKENS=admin:${operatorHash}:${scopes}`,
    `MEMBER_DATA_KEYS=k1:${randomBytes(32).toString('base64')}`,
    `MEMBER_HASH_KEY=${randomBytes(32).toString('base64')}`,
    `MYSQL_ROOT_PASSWORD=${secret()}`,
    `RABBITMQ_PASSWORD=${secret()}`,
    '',
  ].join('\n'),
);
process.stderr.write(`operator token of admin (shown once): ${operatorToken}\n`);
