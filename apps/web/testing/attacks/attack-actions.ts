import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { choose } from "./choose";
import { HOSTILE_VALUES } from "./hostile-values";
import type { Faults } from "./judge";
import { ROLES, type Site } from "./site";
import { listTampering } from "./tampering";

type Action = (...given: never[]) => Promise<unknown>;

/** Every server action, with what its form sends. One that is not here fails the test. */
export const actions: Record<string, { load: () => Promise<Action>; given: unknown[] }> = {
  "modules/auth/actions.ts signUp": {
    load: async () => (await import("@/modules/auth/actions")).signUp,
    given: [{ name: "Ada", email: "ada@example.com", password: "a long password" }],
  },
  "modules/auth/password-actions.ts requestReset": {
    load: async () => (await import("@/modules/auth/password-actions")).requestReset,
    given: [{ email: "ada@example.com" }],
  },
  "modules/auth/password-actions.ts resetPassword": {
    load: async () => (await import("@/modules/auth/password-actions")).resetPassword,
    given: [{ token: "a".repeat(43), password: "a long password" }],
  },
  "modules/security/actions.ts changePassword": {
    load: async () => (await import("@/modules/security/actions")).changePassword,
    given: [{ current: "a long password", password: "another long password" }],
  },
  "modules/security/actions.ts signOutEverywhere": {
    load: async () => (await import("@/modules/security/actions")).signOutEverywhere,
    given: [],
  },
  "modules/billing/start-team.ts startTeam": {
    load: async () => (await import("@/modules/billing/start-team")).startTeam,
    given: [{ name: "A team", slug: "a-team-of-attackers", seats: 3 }, 1_200],
  },
  "modules/locale/choose-locale.ts chooseLocale": {
    load: async () => (await import("@/modules/locale/choose-locale")).chooseLocale,
    given: ["de"],
  },
  "modules/profile/actions.ts updateProfile": {
    load: async () => (await import("@/modules/profile/actions")).updateProfile,
    given: [{ name: "Ada" }],
  },
  "modules/teams/accept-invitation.ts acceptInvitation": {
    load: async () => (await import("@/modules/teams/accept-invitation")).acceptInvitation,
    given: [1],
  },
};

/** The names of all actions that there are, by their files. */
export function listActions(): string[] {
  const root = path.resolve(import.meta.dirname, "../..");
  return readdirSync(path.join(root, "modules"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(root, "modules", file), "utf8");
      if (!/^"use server"/m.test(source)) return [];
      return [...source.matchAll(/^export (?:async function|const) (\w+)/gm)].map(
        ([, name]) => `modules/${file} ${name}`,
      );
    });
}

/** An action answers, or leads elsewhere. What it throws otherwise is a 500, and so is what it calls internal. */
export async function attackActions(site: Site, faults: Faults, calls: number, seed: number): Promise<void> {
  const attacks = Object.entries(actions).flatMap(([name, { given }]) =>
    ROLES.flatMap((role) => [
      ...listTampering(given).map((tamper) => ({ name, role, tamper })),
      ...HOSTILE_VALUES.map((value, index) => ({
        name,
        role,
        tamper: () => ({ what: `all of it = ${index}`, input: [value] }),
      })),
    ]),
  );
  for (const { name, role, tamper } of choose(attacks, calls, seed)) {
    site.role = role;
    const { what, input } = tamper();
    const action = await actions[name]?.load();
    const before = role === "anonymous" ? await site.readState() : null;
    const given = Array.isArray(input) ? input : [input];
    const said = await action?.(...(given as never[])).then(
      (answer) => ({ status: isInternal(answer) ? 500 : 200, text: JSON.stringify(answer) ?? "" }),
      (error: unknown) => ({ status: leadsElsewhere(error) ? 303 : 500, text: String(error) }),
    );
    const attack = `${role} ${name} ${what}`;
    if (said !== undefined) faults.judge(attack, said);
    const mayWrite = name.startsWith("modules/auth/");
    if (before !== null && !mayWrite && (await site.readState()) !== before) faults.add(attack, "wrote");
  }
}

function isInternal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "code" in answer && answer.code === "internal";
}

/** Next redirects and forbids by throwing. */
function leadsElsewhere(error: unknown): boolean {
  return error instanceof Error && "digest" in error && String(error.digest).startsWith("NEXT_");
}
