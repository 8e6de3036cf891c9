import type { Detector } from "../detector.js";
import { templateAt } from "../expression.js";
import { programLanguages } from "../language.js";
import { settingReads } from "../setting-readers.js";

/** Which environment variables and configuration keys the code reads, with what it takes when they are missing. */
export const settingsRead: Detector = {
  name: "common/settings-read",
  languages: programLanguages,
  words: null,
  detect(source, emit) {
    for (const read of settingReads(source)) {
      const whole = templateAt(source, read.start) ?? "";
      const fallback = whole.startsWith(`\${${read.key}:-`) ? whole.slice(read.key.length + 4, -1) : null;
      emit(read.start, { kind: "setting", key: read.key, fallback });
    }
  },
};
