"use client";

import { isRecord } from "@calcom/lib/json";
import { useCallback } from "react";
import { useFreshAnswers } from "./useFreshAnswers";

/** `useFreshAnswers` of a mounted provider, which is loaded with the page: the server has no use for it. */
export function FreshAnswers({ stamp, apiPath }: { stamp: string; apiPath: string }) {
  useFreshAnswers(
    stamp,
    useCallback(() => askStamp(apiPath), [apiPath]),
  );
  return null;
}

async function askStamp(apiPath: string): Promise<string | null> {
  try {
    const response = await fetch(`${apiPath}/stamp`);
    const said: unknown = response.ok ? await response.json() : null;
    return isRecord(said) && typeof said.stamp === "string" ? said.stamp : null;
  } catch {
    return null;
  }
}
