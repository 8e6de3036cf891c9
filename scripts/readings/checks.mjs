// A claim, and what the output of its commands has to be: a check gives "confirmed" or why not.

/**
 * @param commands one command, or several of which the first one that confirms is shown; one that is a function takes the output of the one before
 *   and gives null where there is nothing more to show.
 */
export function claim(kind, sentence, commands, check) {
  return { kind, sentence, commands: [commands].flat(), check };
}

export function number(expected) {
  return (output) => (Number(output) === expected ? "confirmed" : `differs: ${output.trim()}, the report says ${expected}`);
}

/** The counted share, rounded as the report rounds it. */
export function share(percent, of) {
  return (output) => {
    const found = Number(output);
    return Math.round((100 * found) / of) === percent ? "confirmed" : `differs: ${found} of ${of}`;
  };
}

export function text(expected) {
  return (output) => (output.trim() === expected ? "confirmed" : `differs: ${output.trim()}, the report says ${expected}`);
}

export function holdsAll(words) {
  return (output) => {
    const absent = words.filter((word) => !output.toLowerCase().includes(word.toLowerCase()));
    return absent.length === 0 ? "confirmed" : `differs: ${absent.join(", ")} is not there`;
  };
}

export function matches(pattern) {
  return (output) => (pattern.test(output) ? "confirmed" : `differs: nothing there fits ${pattern.source}`);
}
