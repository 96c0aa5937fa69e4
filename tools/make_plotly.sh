#!/bin/sh
# Builds static/plotly.min.js anew: Plotly.js with the kinds of charts that the app draws, and no others. Needs npm.
# Lines and points are in its core. For another kind add its name to TRACES; a newer version goes to VERSION.
set -eu
VERSION=4.1.1
ESBUILD=0.25.12
TRACES="bar heatmap parcoords"
cd "$(dirname "$0")/.."
target="$PWD/static"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-audit --no-fund --ignore-scripts "plotly.js@$VERSION" "esbuild@$ESBUILD" >&2
node node_modules/esbuild/install.js >&2 # the one script of a package that is needed

# Descriptions of attributes, a tenth of the file, are for its documentation; Plotly's own builds leave them out, too.
find node_modules/plotly.js/src -name '*.js' -exec perl -0pi -e "
  s/\bdescription:\s*\[(?:(?!\]\s*\.join\().)*?\]\s*\.join\(\s*'[^']*'\s*\),?//gs;
  s/\bdescription:\s*'(?:[^'\\\\\n]|\\\\.)*'(?=\s*[,}\n]),?//g" {} +

{
  echo 'const Plotly = require("plotly.js/lib/core");'
  for trace in $TRACES; do echo "Plotly.register(require(\"plotly.js/lib/$trace\"));"; done
  echo 'module.exports = Plotly;'
} >entry.js

# The rest is as in Plotly's own esbuild-config.js.
node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --global-name=Plotly --target=es2020 \
  --alias:regl=@plotly/regl --define:global=window --define:process.env.NODE_DEBUG=false --legal-comments=eof \
  --banner:js="/**
* plotly.js v$VERSION ($TRACES; see tools/make_plotly.sh)
* Copyright 2012-2026, Plotly, Inc.
* All rights reserved.
* Licensed under the MIT license
*/" --log-level=warning --outfile=plotly.min.js
cp plotly.min.js "$target/plotly.min.js"
cp node_modules/plotly.js/LICENSE "$target/plotly.LICENSE.txt"
ls -l "$target/plotly.min.js"
