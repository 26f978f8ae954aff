/**
 * The address of a catalogue's root in; a line of JSON a feed, as r2-opds-js (the library Thorium reads with) takes it.
 *
 * From the root every way on is followed, and every next page; Atom is turned into OPDS 2.0 by the library itself.
 * NODE_PATH leads to it.
 */
"use strict";

const R2 = "dist/es8-es2017/src";
const { DOMParser } = require("@xmldom/xmldom");
const { TaJsonDeserialize, TaJsonSerialize } = require(`r2-lcp-js/${R2}/serializable`);
const { XML } = require(`r2-utils-js/${R2}/_utils/xml-js-mapper`);
const { convertOpds1ToOpds2 } = require(`r2-opds-js/${R2}/opds/converter`);
const { initGlobalConverters_GENERIC, initGlobalConverters_OPDS } = require(`r2-opds-js/${R2}/opds/init-globals`);
const { OPDS } = require(`r2-opds-js/${R2}/opds/opds1/opds`);
const { OPDSFeed } = require(`r2-opds-js/${R2}/opds/opds2/opds2`);

async function read(address) {
    const answer = await fetch(address);
    if (!answer.ok) {
        throw new Error(`${answer.status} ${address}`);
    }
    const text = await answer.text();
    if (text.startsWith("{")) {
        return TaJsonDeserialize(JSON.parse(text), OPDSFeed);
    }
    return convertOpds1ToOpds2(XML.deserialize(new DOMParser().parseFromString(text, "application/xml"), OPDS));
}

async function main(root) {
    const known = new Set([root]);
    const waiting = [root];
    while (waiting.length) {
        const address = waiting.shift();
        const feed = TaJsonSerialize(await read(address));
        process.stdout.write(`${JSON.stringify({ address, feed })}\n`);
        const next = (feed.links || []).filter((link) => [].concat(link.rel || []).includes("next"));
        for (const link of [...(feed.navigation || []), ...next]) {
            const on = new URL(link.href, address).href;
            if (!known.has(on)) {
                known.add(on);
                waiting.push(on);
            }
        }
    }
}

console.log = console.error; // where the library says what a feed might have as well
initGlobalConverters_GENERIC();
initGlobalConverters_OPDS();
main(process.argv[2]).catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
