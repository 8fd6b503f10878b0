/** Where a report is that somebody has shared: behind it stands what opens it, and nothing else. */
const ROOT = "/reports/";

export function sharedReportPath(token: string): string {
  return ROOT + token;
}

/** Also of a path that opens nothing. */
export function isSharedReport(pathname: string): boolean {
  return pathname.startsWith(ROOT);
}
