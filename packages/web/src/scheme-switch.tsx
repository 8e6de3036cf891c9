import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

const schemes = ["system", "light", "dark"] as const;
type Scheme = (typeof schemes)[number];

/** Light, dark, or as the system has it. Kept for the next report where the browser allows it. */
export function SchemeSwitch(): JSX.Element {
  const [scheme, setScheme] = useState<Scheme>(kept);
  useEffect(() => {
    if (scheme === "system") delete document.documentElement.dataset["scheme"];
    else document.documentElement.dataset["scheme"] = scheme;
    keep(scheme);
  }, [scheme]);
  return (
    <label class="scheme">
      <span class="unseen">Colours</span>
      <select value={scheme} onChange={(event) => setScheme(schemeOf(event.currentTarget.value))}>
        <option value="system">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}

const place = "drystone-scheme";

function kept(): Scheme {
  try {
    return schemeOf(localStorage.getItem(place));
  } catch {
    return "system";
  }
}

function keep(scheme: Scheme): void {
  try {
    if (scheme === "system") localStorage.removeItem(place);
    else localStorage.setItem(place, scheme);
  } catch {
    // Pages from disk may not keep anything: the switch works for this visit.
  }
}

function schemeOf(value: string | null): Scheme {
  return schemes.find((scheme) => scheme === value) ?? "system";
}
