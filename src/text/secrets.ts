const SECRET_NAME =
  /(?:PASS(?:WORD|WD|PHRASE)?|SECRET|TOKEN|CREDENTIALS?|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY)(?:_|$)/i;
const SECRET_IN_URL = /:\/\/[^\s/:@]*:[^\s/@]+@/;

/**
 * Whether a value must not be shown unless asked for: by the name of its variable (`…_PASSWORD`, `…TOKEN`),
 * or because it holds a URL with a password. Names of files with secrets (`…_FILE`, `file:///…`) are no secrets.
 */
export function isSecret(name: string, value: string): boolean {
  if (SECRET_IN_URL.test(value)) return true;
  if (!SECRET_NAME.test(name)) return false;
  return value !== '' && !/^(?:true|false|\d+|file:\/\/\S+|\/\S+)$/.test(value);
}
