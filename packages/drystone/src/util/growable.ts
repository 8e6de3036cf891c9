/** Typed arrays that grow by doubling: columns of unknown length without boxing a number. */

export class Int32Column {
  #data = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#data.length) this.#data = grown(this.#data, new Int32Array(this.length * 2));
    this.#data[this.length++] = value;
  }

  at(index: number): number {
    return this.#data[index] ?? 0;
  }

  /** A view, not a copy: push no more afterwards. */
  toArray(): Int32Array {
    return this.#data.subarray(0, this.length);
  }
}

export class Float64Column {
  #data = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#data.length) this.#data = grown(this.#data, new Float64Array(this.length * 2));
    this.#data[this.length++] = value;
  }

  /** A view, not a copy: push no more afterwards. */
  toArray(): Float64Array {
    return this.#data.subarray(0, this.length);
  }
}

export class ByteColumn {
  #data = new Uint8Array(1024);
  length = 0;

  push(value: number): void {
    this.reserve(1);
    this.#data[this.length++] = value;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#data.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Appends the bytes that hexadecimal digits stand for; spaces between ids are skipped. */
  appendHex(digits: Uint8Array): void {
    this.reserve((digits.length + 1) >> 1);
    for (let at = 0; at < digits.length; at++) {
      const high = digits[at] ?? 32;
      if (high === 32) continue;
      this.#data[this.length++] = (hexValue(high) << 4) | hexValue(digits[++at] ?? 48);
    }
  }

  /** A view, not a copy: push no more afterwards. */
  toArray(): Uint8Array {
    return this.#data.subarray(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.#data.length) return;
    this.#data = grown(this.#data, new Uint8Array(Math.max(this.#data.length * 2, this.length + more)));
  }
}

function hexValue(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87;
}

function grown<Column extends Int32Array | Float64Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
