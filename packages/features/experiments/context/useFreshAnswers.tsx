"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * Has a provider rendered again that stands in a layout, once somebody opens another page under it after an experiment
 * was changed: a layout alone would go on showing what it showed. A provider in a page is new with each page, and asks
 * nothing; nor does one without a stamp.
 *
 * @param askStamp names the state of all configurations as it is now; null where nobody can say. It never rejects
 */
export function useFreshAnswers(stamp: string | null, askStamp: () => Promise<string | null>): void {
  const pathname = usePathname();
  const router = useRouter();
  const checked = useRef(pathname);
  useEffect(() => {
    if (stamp === null || checked.current === pathname) return;
    checked.current = pathname;
    void askStamp().then((current) => {
      if (current !== null && current !== stamp) router.refresh();
    });
  }, [pathname, router, stamp, askStamp]);
}
