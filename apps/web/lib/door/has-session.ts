/** Whether the cookies name a session of next-auth's, or a part of a large one. Not whether it is valid. */
export function hasSession(cookies: string | undefined): boolean {
  return /(?:^|;\s*)(?:__Host-|__Secure-)?next-auth\.session-token(?:\.\d+)?=/.test(cookies ?? "");
}
