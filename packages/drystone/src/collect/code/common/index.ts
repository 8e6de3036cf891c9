/** What every language has: settings, literals that name a host, SQL, constants. */
import type { Detector } from "../detector.js";
import { addressLiterals } from "./address-literals.js";
import { entityReferences } from "./entity-references.js";
import { rawSql } from "./raw-sql.js";
import { settingsRead } from "./settings-read.js";

export const common: readonly Detector[] = [settingsRead, addressLiterals, rawSql, entityReferences];
