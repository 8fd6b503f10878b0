import { expect, test } from "vitest";
import { MetricRegistry } from "../../metrics/registry";
import { MetricHistoryService } from "./metric-history.service";

test("the history of metrics takes two connections at most, and who comes when many wait is refused", async () => {
  let [atOnce, most] = [0, 0];
  const ends: (() => void)[] = [];
  const count = () => {
    most = Math.max(most, ++atOnce);
    return new Promise<never[]>((resolve) =>
      ends.push(() => {
        atOnce--;
        resolve([]);
      }),
    );
  };
  const history = new MetricHistoryService({
    access: { authorize: async () => 1 },
    catalog: { find: async () => null },
    metrics: new MetricRegistry(),
    volumes: { count },
    forecaster: { measure: async () => null },
    clock: () => new Date(),
  });
  const asked = Array.from({ length: 20 }, (_, n) =>
    history.read({ userId: 1 }, { key: `event:metric-${n}`, unit: "user" }),
  );
  const settled = Promise.allSettled(asked);
  await expect(asked[19]).rejects.toMatchObject({ code: "unavailable" });
  while (ends.length > 0) {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const answers = await settled;
  expect(most).toBe(2);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(12);
});
