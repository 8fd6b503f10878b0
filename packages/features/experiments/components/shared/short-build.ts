/** A build is named by a hash of its sources, of which a beginning tells it from others. */
export function shortBuild(build: string): string {
  return build.slice(0, 12);
}
