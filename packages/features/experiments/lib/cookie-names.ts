/**
 * The names that a cookie can have, the strongest first. Browsers take `__Host-` from this very host over https alone,
 * and `__Secure-` over https alone; without a prefix it is of http, or from before there were any.
 */
export function cookieNames(name: string): readonly [host: string, secure: string, plain: string] {
  return [`__Host-${name}`, `__Secure-${name}`, name];
}

/** Its value in this browser under the strongest of its names; none where cookies are forbidden, as in a sandboxed frame. */
export function readBrowserCookie(name: string): string | undefined {
  const pairs = readCookies().split("; ");
  for (const each of cookieNames(name)) {
    const pair = pairs.find((text) => text.startsWith(`${each}=`));
    if (pair !== undefined) return pair.slice(each.length + 1);
  }
  return undefined;
}

function readCookies(): string {
  try {
    return document.cookie;
  } catch {
    return "";
  }
}
