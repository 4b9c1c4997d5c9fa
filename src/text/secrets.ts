const SECRET_NAME =
  /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|CREDENTIAL|JWT|(?:PRIVATE|API|ACCESS|SSH|SECRET|SIGNING|ENCRYPTION)_?KEY)S?(?:_|$)/i;
/** Names that speak of a secret without being one: `TOKEN_TIMEOUT`, `PASSWORD_FILE`. */
const NOT_SECRET_NAME =
  /_(?:FILE|PATH|DIR|TIMEOUT|TTL|LENGTH|SIZE|COUNT|AUTHENTICATION|ENABLED|REQUIRED|NAME|USER|TYPE)$/i;
const PLAIN_VALUE = /^(?:true|false|yes|no|on|off|file:\/\/\S+|\/\S*)$/i;
const SECRET_IN_URL = /:\/\/[^\s/:@]*:[^\s/@]+@/;

/**
 * Whether a value must not be shown unless asked for: by the name of its variable (`…_PASSWORD`, `…TOKEN`),
 * or because it holds a URL with a password. Names of files with secrets (`…_FILE`, `file:///…`) are no secrets.
 */
export function isSecret(name: string, value: string): boolean {
  if (SECRET_IN_URL.test(value)) return true;
  if (!SECRET_NAME.test(name) || NOT_SECRET_NAME.test(name)) return false;
  return value !== '' && !PLAIN_VALUE.test(value);
}

/** `"NAME=value"` as a whole in quotes, or `NAME=value` with the value in quotes or up to a blank. */
const ASSIGNMENT =
  /(["'])([A-Za-z_]\w*)=((?:(?!\1).)*)\1|(?<![\w=])([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"']*)/gs;

/** A line with `(secret)` in place of the value of every assignment in it that gives a secret. */
export function maskSecrets(line: string): string {
  const directive = /^(?:[+-] )?[A-Za-z]+=(?=["']?[A-Za-z_]\w*=)/.exec(line)?.[0] ?? '';
  const masked = line
    .slice(directive.length)
    .replaceAll(ASSIGNMENT, (whole: string, ...found: (string | undefined)[]) => {
      const [quote = '', quoted, inside = '', name = '', value = ''] = found;
      if (quoted !== undefined)
        return isSecret(quoted, inside) ? `${quote}${quoted}=(secret)${quote}` : whole;
      return isSecret(name, value.replaceAll(/^["']|["']$/g, '')) ? `${name}=(secret)` : whole;
    });
  return directive + masked;
}
