// @ts-check
import process from "node:process";
import readline from "node:readline";
import { lastPanic } from "./wasm-engine.mjs";

/** @typedef {Awaited<ReturnType<typeof import("./wasm-engine.mjs").openEngine>>} Engine */
/** @typedef {{ id: number; method?: string; params?: unknown }} Request */

/** Numbers of our own requests to the CLI, far from those of its requests to us. */
const FIRST_OWN_ID = 1_000_000;
const ENGINE_FAILED = 4466;
const PANICKED = 101;

/**
 * Answers requests of standard input, one JSON object a line, one after the other, until it ends.
 *
 * @param {() => Promise<Engine>} open
 */
export async function answerRequests(open) {
  /** @type {Promise<Engine> | undefined} */
  let engine;
  let asked = 0;
  // A panic ends no promise. Unanswered, the CLI would take the silence for "no difference".
  process.once("uncaughtException", (error) => {
    send({ id: asked, error: failureOf(error) });
    process.exit(PANICKED);
  });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    /** @type {Request} */
    const request = JSON.parse(line);
    // The CLI's answer to what we have asked it to print.
    if (request.method === undefined) continue;
    asked = request.id;
    try {
      engine ??= open();
      const result = await call(await engine, request.method, request.params);
      send({ id: request.id, result: shown(request, result) ?? {} });
    } catch (error) {
      send({ id: request.id, error: failureOf(error) });
    }
  }
  // Pools of connections would keep the process for as long as they are idle.
  process.exit();
}

/**
 * @param {Engine} engine
 * @param {string} method
 * @param {unknown} params
 * @returns {Promise<unknown>}
 */
async function call(engine, method, params) {
  const name = method === "getDatabaseVersion" ? "version" : method;
  const found = Reflect.get(engine, name);
  if (typeof found !== "function") throw new Error(`The schema engine cannot do ${method}.`);
  return Reflect.apply(found, engine, [params]);
}

/**
 * The native engine has the CLI print a difference, and answers with the exit code alone.
 *
 * @param {Request} request
 * @param {unknown} result
 * @returns {unknown}
 */
function shown({ id, method }, result) {
  if (method !== "diff" || typeof result !== "object" || result === null) return result;
  const { stdout, exitCode } = /** @type {{ stdout?: string; exitCode: number }} */ (result);
  if (stdout) send({ id: FIRST_OWN_ID + id, method: "print", params: { content: stdout } });
  return { exitCode };
}

/** @param {unknown} error */
function failureOf(error) {
  const { message, code, meta } = /** @type {{ message?: string; code?: string; meta?: unknown }} */ (
    error ?? {}
  );
  const said = lastPanic() || message || String(error);
  return {
    code: ENGINE_FAILED,
    message: "An error happened. Check the data field for details.",
    data: { is_panic: false, message: said, meta: meta ?? null, error_code: code ?? null },
  };
}

/** @param {object} message */
function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}
