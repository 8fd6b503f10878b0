import { readdirSync } from "node:fs";
import path from "node:path";
import { encodePage } from "@/modules/experiments/preview/preview-page";
import { choose } from "./choose";
import { HOSTILE_BODIES, HOSTILE_VALUES } from "./hostile-values";
import type { Answer, Faults } from "./judge";
import { ORIGIN, ROLES, type Role, type Site } from "./site";
import { listTampering } from "./tampering";

const api = path.resolve(import.meta.dirname, "../../app/api");

/** Every route of the API, as its folder is named. */
export const routes = readdirSync(api, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)route\.tsx?$/.test(file))
  .map((file) => file.replace(/\/route\.tsx?$/, ""))
  .sort();

/** What a route takes while nobody tampers with it; one without an entry is sent bodies and addresses alone. */
const bodies: Record<string, unknown> = {
  "experiments/conversions": {
    conversions: [{ slug: "a", event: "clicked", key: "1", ageMs: 1, variant: "control" }],
  },
  "experiments/exposures": { exposures: [{ slug: "a", variant: "control", ageMs: 1 }] },
  "experiments/consent": { choice: "granted" },
  "experiments/preview": { slug: "a", variant: "control" },
  "relay/e": {
    api_key: "phc_ours",
    batch: [{ event: "a", properties: { token: "phc_ours", $set: { a: 1 } } }],
  },
};
const queries: Record<string, string[]> = {
  "experiments/preview": ["slug"],
  "experiments/preview/enter": ["to"],
  "relay/e": ["ver", "ip", "_"],
  "trpc/[trpc]": ["input", "batch"],
};
/** Of next-auth's route the library takes the addresses; its own tests hold the limits of signing in. */
const notHere = new Set(["auth/[...nextauth]"]);

interface Attack {
  what: string;
  role: Role;
  method: string;
  url: string;
  body?: string;
}

export async function attackRoutes(site: Site, faults: Faults, calls: number, seed: number): Promise<void> {
  const attacks = routes.filter((route) => !notHere.has(route)).flatMap((route) => attacksOn(route));
  for (const { route, attack } of choose(attacks, calls, seed)) {
    site.role = attack.role;
    const before = attack.role === "anonymous" ? await site.readState() : null;
    const answer = await call(route, attack);
    if (answer === null) continue;
    faults.judge(attack.what, answer);
    if (before !== null && answer.status >= 400 && (await site.readState()) !== before)
      faults.add(attack.what, "wrote");
  }
}

function attacksOn(route: string): { route: string; attack: Attack }[] {
  const address = `${ORIGIN}/api/${route.replace("[trpc]", "viewer.experiments.trackConversion")}`;
  const texts = HOSTILE_VALUES.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const ways: Omit<Attack, "role" | "what">[] = [
    ...["POST", "DELETE", "PUT"].flatMap((method) =>
      HOSTILE_BODIES.map((body) => ({ method, url: address, body })),
    ),
    ...listTampering(bodies[route] ?? {}).map((tamper) => ({
      method: "POST",
      url: address,
      body: JSON.stringify(tamper().input) ?? "",
    })),
    ...(queries[route] ?? ["a"]).flatMap((name) =>
      texts.map((text) => ({
        method: "GET",
        url: `${address}?${name}=${encodeURIComponent(toWellFormed(text))}`,
      })),
    ),
    ...(route.includes("[trpc]") ? texts.flatMap(namesOfProcedures) : []),
    ...(route.endsWith("preview/enter") ? texts.map(pageWithPreview) : []),
  ];
  return ROLES.flatMap((role) =>
    ways.map((way, index) => ({
      route,
      attack: { ...way, role, what: `${role} ${way.method} ${route} #${index}` },
    })),
  );
}

/** As the name of a procedure, alone and in a batch between others. */
function namesOfProcedures(text: string): { method: string; url: string }[] {
  const name = encodeURIComponent(toWellFormed(text.slice(0, 500)));
  const batch = ["viewer.flags.map", name, "viewer.experiments.getVariants", "constructor", "__proto__"].join(
    ",",
  );
  return [`/api/trpc/${name}`, `/api/trpc/${batch}?batch=1&input=${name}`].map((at) => ({
    method: "GET",
    url: ORIGIN + at,
  }));
}

/** As the experiment, the variant and the token that a page's address asks to preview. */
function pageWithPreview(text: string): { method: string; url: string } {
  const part = encodeURIComponent(toWellFormed(text.slice(0, 2_000)));
  const page = encodePage(`/pricing?experiment.${part}=${part}&preview=${part}`);
  return { method: "GET", url: `${ORIGIN}/api/experiments/preview/enter?to=${encodeURIComponent(page)}` };
}

/** A browser cannot write half a character into an address. */
function toWellFormed(text: string): string {
  return text.isWellFormed() ? text : "%ED%A0%BD";
}

/** Null where the route has no such method: Next answers for it. */
async function call(route: string, { method, url, body }: Attack): Promise<Answer | null> {
  const handlers: Record<string, ((request: Request) => Promise<Response> | Response) | undefined> =
    await import(/* @vite-ignore */ `../../app/api/${route}/route`);
  const handler = handlers[method];
  if (handler === undefined) return null;
  const headers = {
    host: "localhost:3000",
    "sec-fetch-site": "same-origin",
    "content-type": "application/json",
  };
  const response = await handler(
    new Request(url, { method, headers, ...(body !== undefined && method !== "GET" ? { body } : {}) }),
  );
  const given = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return { status: response.status, text: [...given, await response.text()].join("\n") };
}
