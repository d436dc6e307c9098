#!/usr/bin/env bash
# A case as an analyst of version 0.1 scripted it. CLEW is the command.
set -euo pipefail
file=tendrit.clew
has() { python3 -c 'import json,sys; d=json.load(sys.stdin); assert eval(sys.argv[1], {"d": d}), sys.argv[1]' "$1"; }
$CLEW show "$file" --json | has 'd["graphs"]["a"] == {"entities": 78, "links": 109}'
$CLEW history "$file" --json | has 'd[-1]["entry"] == 42 and d[0]["counts"]'
$CLEW explain "$file" 'captain-tooth[.]example' --json | has 'd["type"] == "domain-name" and d["links"][0]["provider"]'
$CLEW explain "$file" captain-tooth.example dyn1.example --json | has 'd["paths"][0]["steps"][0]["observations"]'
$CLEW window "$file" 2013-05-20+-30 --undated keep --json | has 'd["window"] == "2013-04-20..2013-06-19"'
$CLEW score "$file" -g a --json | has 'd[0]["score"] >= d[-1]["score"] and len(d) == 109'
$CLEW structure "$file" -g a --most 3 --json | has 'len(d["entities"]) == 3'
$CLEW together "$file" a b --json | has 'd["graphs"] == ["a", "b"] and d["shared"]'
$CLEW crowds "$file" --zones 3 --json | has 'isinstance(d, list)'
$CLEW same "$file" --json | has 'isinstance(d, list)'
$CLEW next "$file" -g a --most 2 --json | has 'd[0]["transform"] and isinstance(d[0]["inputs"], list)'
$CLEW changes "$file" 12 -g a | grep -q '^= '
$CLEW merge "$file" a b --into again --json | has 'd["merged"]["graph"] == "again" and d["overlap"]["values"]'
$CLEW prune "$file" -g again --window 2013 --leaves 1 --keep captain-tooth.example --apply --json | has 'd["applied"] and d["entities_fall"]'
$CLEW undo "$file" --json | has 'd["undo"] and d["labels"]'
$CLEW redo "$file" --json | has 'd["redo"]'
printf 'hxxp://new[.]example[.]org/x\n' | $CLEW add "$file" -g added --json | has 'len(d["added"]) >= 1'
$CLEW run "$file" local.name_to_registered_domain captain-tooth.example -g a --json | has 'd[0]["done"] == 1'
$CLEW export "$file" out.csv -g a
$CLEW convert out.csv out.json
$CLEW report "$file" out.md -g a --beside b --ceiling AMBER
$CLEW record "$file" out.yaml
$CLEW check "$file" --json | has 'd["opens"] and d["good_entries"] == d["entries"]'
$CLEW replay "$file" --json | has 'd["same"]'
$CLEW show nothing.clew && exit 1 || [ $? -eq 5 ]
$CLEW explain "$file" nowhere.example.org && exit 1 || [ $? -eq 2 ]
echo done
