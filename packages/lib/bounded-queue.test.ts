import { expect, test } from "vitest";
import { BoundedQueue, QueueFull, type Turn } from "./bounded-queue";

function aQueue(options: { concurrency?: number; maxWaiting?: number; maxWaitingOfOne?: number } = {}) {
  const queue = new BoundedQueue({ concurrency: 1, maxWaiting: 3, maxWaitingOfOne: 3, ...options });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, turn?: Turn) =>
    queue.run(() => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    }, turn);
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { queue, begun, ask, end };
}

test("no more is done at once than may be, and the others follow in their order", async () => {
  const { begun, ask, end } = aQueue({ concurrency: 2 });
  const all = ["a", "b", "c", "d"].map((name) => ask(name));
  expect(begun).toEqual(["a", "b"]);
  await end("b");
  await end("a");
  expect(begun).toEqual(["a", "b", "c", "d"]);
  await end("c");
  await end("d");
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
});

test("who comes when too many wait is refused at once, and somebody later is not", async () => {
  const { begun, ask, end } = aQueue({ maxWaiting: 1 });
  const waiting = [ask("a"), ask("b")];
  await expect(ask("c")).rejects.toBeInstanceOf(QueueFull);
  await end("a");
  waiting.push(ask("d"));
  await end("b");
  await end("d");
  expect(await Promise.all(waiting)).toEqual(["a", "b", "d"]);
  expect(begun).not.toContain("c");
});

test("one client does not take all places", async () => {
  const { ask } = aQueue({ maxWaitingOfOne: 1 });
  void ask("a", { client: "x" });
  void ask("b", { client: "x" });
  await expect(ask("c", { client: "x" })).rejects.toBeInstanceOf(QueueFull);
  void ask("d", { client: "y" });
  void ask("e");
  await expect(ask("f")).rejects.toBeInstanceOf(QueueFull);
});

test("who is preferred goes first, though all other places are taken", async () => {
  const { begun, ask, end, queue } = aQueue({ maxWaiting: 1 });
  for (const name of ["a", "b"]) void ask(name);
  expect([queue.isFull({}), queue.isFull({ isPreferred: true })]).toEqual([true, false]);
  void ask("owner", { isPreferred: true });
  await end("a");
  expect(begun).toEqual(["a", "owner"]);
});

test("work that fails gives its turn on", async () => {
  const { queue } = aQueue();
  const failed = queue.run(() => Promise.reject(new Error("no")));
  const after = queue.run(async () => "yes");
  await expect(failed).rejects.toThrow("no");
  expect(await after).toBe("yes");
});
