"use client";

import { Button } from "@calcom/ui";

/** Loads the page anew in full: the router would keep its frame. */
export function ReloadButton({ label }: { label: string }) {
  return <Button onClick={() => window.location.reload()}>{label}</Button>;
}
