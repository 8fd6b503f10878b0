import { useEffect } from "react";

/**
 * Asks the server for another visitor where the browser's is somebody else's.
 *
 * @param path the route that answers with the cookie
 */
export function useOwnVisitor(isOthersVisitor: boolean, path: string): void {
  useEffect(() => {
    // What is lost here is done by the next page.
    if (isOthersVisitor) fetch(path, { method: "POST" }).catch(() => {});
  }, [path, isOthersVisitor]);
}
