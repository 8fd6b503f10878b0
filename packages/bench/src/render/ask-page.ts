import http from "node:http";

export interface PageTimes {
  firstByteMs: number;
  /** Until the last byte: what streams after the frame is what people wait for. */
  wholeMs: number;
}

/** Opens a page on a connection of its own. */
export function askPage(port: number, path: string, headers: http.OutgoingHttpHeaders): Promise<PageTimes> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    http
      .get(`http://127.0.0.1:${port}${path}`, { headers }, (response) => {
        let firstByteMs = Number.NaN;
        response.once("data", () => {
          firstByteMs = performance.now() - start;
        });
        response.on("data", () => {});
        response.on("end", () => {
          if (response.statusCode === 200) resolve({ firstByteMs, wholeMs: performance.now() - start });
          else reject(new Error(`${path} answered ${response.statusCode}.`));
        });
      })
      .on("error", reject);
  });
}
