/** Examples of what each rule for secrets covers, drawn when a test runs. */
import fc from 'fast-check';
import type { Rule } from '../../src/redaction/detectors/rule.ts';
import { pemBlock, randomToken } from './secrets.ts';

const twelveWords = () =>
  Array.from({ length: 12 }, () =>
    randomToken(6)
      .replace(/[^a-z]/gi, 'x')
      .toLowerCase(),
  ).join(' ');

/** Lines with § for a random token, for rules whose pattern says too little of where a value stands. */
export const templates: Record<string, string[]> = {
  'url-credentials': ['postgres://app:§@db.corp:5432/x', 'amqp://svc:§@mq/vhost'],
  'url-token': ['git clone https://§@git.corp/x.git', 'url = https://§@git.corp/team/x'],
  'url-signature': ['https://x.blob.core.windows.net/a?sv=2024&sig=§§', 'https://x.corp/a?X-Amz-Signature=§§'],
  'user-and-password': ["curl -u 'app:§' https://x.corp", 'curl --user app:§ https://x.corp'],
  'short-option': ['mysql -u root -p§ shop', 'sshpass -p § ssh host'],
  'password-option': ['redis-cli -h x -a § ping', 'ldapsearch -x -w §', 'keytool -list -storepass §'],
  'secret-literal': [
    'kubectl create secret generic x --from-literal=a=§',
    "kubectl create secret generic x --from-literal='b=§'",
  ],
  'secure-string': ['ConvertTo-SecureString "§" -AsPlainText', "ConvertTo-SecureString -String '§' -Force"],
  mnemonic: [`MNEMONIC="${twelveWords()}"`, `seed phrase: ${twelveWords()}`],
  'pass-phrase-source': ['openssl rsa -passin pass:§', 'openssl enc -k x -pass pass:§'],
  netrc: ['machine x.corp login app password §', 'machine y.corp\n  login app\n  password §'],
  pgpass: ['db.corp:5432:shop:app:§', '*:5432:*:app:§'],
  'kubernetes-secret': ['kind: Secret\ndata:\n  value: §§', 'kind: Secret\nstringData:\n  other: §§'],
  'azure-app-configuration-id': [
    'Endpoint=https://x.azconfig.io;Id=§;Secret=x',
    'Endpoint=https://y.azconfig.io;Id=§;Secret=y',
  ],
  'named-value': ['const password = "§";', '{"api_key": "§"}'],
  'named-default': ['const token = get("TOKEN", "§")', 'password = env("X", \'§\')'],
  'named-call': ['client.setPassword("§")', 'x.withApiKey("§")'],
  'named-phrase': ["CREATE USER a IDENTIFIED BY PASSWORD '§'", '#define API_KEY "§"'],
  'printed-field': ['{User:a Password:§ Port:5432}', '&{Token:§}'],
  'dumped-entry': ['["password"]=>\n  string(14) "§"', '["token":protected]=> string(9) "§"'],
  'named-variable': ['Run `DB_PASSWORD=§ npm start` first', '"export API_TOKEN=§"'],
  flag: ['deploy --api-key § --force', 'run --password "§"'],
  'xml-attribute': ['<add key="password" value="§" />', '<property name="secret" value="§"/>'],
  'variable-default': ['variable "db_password" {\n  default = "§"', 'variable "api_token" {\n  default = "§"'],
  'query-parameter': ['GET /v1?access_token=§&x=1', 'https://x.corp/?api_key=§'],
  'connection-string': ['Server=db;Uid=app;Pwd=§;', 'AccountName=x;AccountKey=§§=;'],
  'named-pair': ['auth=("app", "§")', 'basicAuth("app", "§")'],
  'named-key': ['SOME_SERVICE_KEY = "§"', 'const mapKey = "§";'],
  'named-key-setting': ['SOME_SERVICE_KEY=§', 'export MAPS_KEY=§'],
  'named-loosely': ['password_of_replica = "§"', 'tokenForTests: "§"'],
  'named-loosely-setting': ['DB_PASSWORD_MAIN=§', 'TOKEN_FOR_TESTS=§'],
  'signing-call': ['jwt.sign(payload, "§")', 'jwt.verify(token, "§")'],
  'compared-value': ['if ("§" === password) {', 'if ("§" == api_key) {'],
  'rare-string': ['x: §§', 'value "§§"'],
  'private-key': [pemBlock().pem, pemBlock('RSA PRIVATE KEY').pem],
  prompt: ['Password: §', 'Enter password: §'],
};

/** A pattern without what it only looks at, as one that strings can be drawn from. */
function drawable({ head, closed }: Rule): RegExp {
  const plain = `${withoutLooks(head?.source ?? '')}${withoutLooks(closed.source)}`
    .replace(/\(\?<\w+>/g, '(')
    .replace(/\\[bB]/g, '');
  return new RegExp(`^${plain}$`);
}

function withoutLooks(source: string): string {
  let out = '';
  for (let i = 0; i < source.length; ) {
    if (/^\(\?<?[=!]/.test(source.slice(i, i + 4))) {
      i = endOfGroup(source, i);
      if (/[?*+]/.test(source[i] ?? '')) i++;
    } else {
      const length = source[i] === '\\' ? 2 : 1;
      out += source.slice(i, i + length);
      i += length;
    }
  }
  return out;
}

function endOfGroup(source: string, start: number): number {
  let depth = 0;
  let inClass = false;
  for (let i = start; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (inClass) inClass = source[i] !== ']';
    else if (source[i] === '[') inClass = true;
    else if (source[i] === '(') depth++;
    else if (source[i] === ')' && --depth === 0) return i + 1;
  }
  return source.length;
}

export function examplesOf(rule: Rule): string[] {
  const lines = templates[rule.id];
  if (lines) return lines.map((line) => line.replaceAll('§', () => randomToken(22)));
  return fc.sample(fc.stringMatching(drawable(rule)), { numRuns: 60, seed: 5 });
}
