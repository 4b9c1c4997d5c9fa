const SECRET_NAME =
  /(?:PASS(?:WORD|WD|PHRASE)|(?:^|_)(?:PASS|PWD|SECRET|TOKEN|CREDENTIAL|JWT|(?:PRIVATE|API|ACCESS|SSH|SECRET|SIGNING|ENCRYPTION)_?KEY))S?(?:_|$)/i;
/** Names that speak of a secret without being one: `TOKEN_TIMEOUT`, `PASSWORD_FILE`; directives that name some. */
const NOT_SECRET_NAME =
  /^Pass_(?:Environment|Credentials|Security)$|^(?:Load|Import)_Credential(?:_Encrypted)?$|_(?:FILE|PATH|DIR|TIMEOUT|TTL|LENGTH|SIZE|COUNT|AUTHENTICATION|ENABLED|REQUIRED|NAME|USER|TYPE|STDIN|PROMPT)$/i;
/** Also a reference to a value that stands elsewhere (`${NAME}`, `{{ name }}`), and what opens a block. */
const PLAIN_VALUE =
  /^(?:true|false|yes|no|on|off|null|~|file:\/\/\S+|\/[^\s=+]*|\$\{\w+\}|\{\{ *\w+ *\}\}|[|>][+\d-]*|[{[])$/i;
const SECRET_IN_URL = /:\/\/[^\s/:@]*:[^\s/]+@/;

/**
 * Whether a value must not be shown unless asked for: by the name of its variable (`…_PASSWORD`, `…TOKEN`),
 * or because it holds a URL with a password. Names of files with secrets (`…_FILE`, `file:///…`) are no secrets.
 */
export function isSecret(name: string, value: string): boolean {
  if (SECRET_IN_URL.test(value)) return true;
  return isSecretName(name) && value !== '' && !PLAIN_VALUE.test(value);
}

/** Whether a name, however its words are joined (`API_TOKEN`, `api-token`, `apiToken`), is that of a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|[-.]/g, '_');
  return SECRET_NAME.test(words) && !NOT_SECRET_NAME.test(words);
}
