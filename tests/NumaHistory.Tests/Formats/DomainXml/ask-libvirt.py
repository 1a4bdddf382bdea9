#!/usr/bin/python3
"""Asks libvirt's test driver what it makes of every document in libvirt-answers.jsonl and writes its answers there.

A case is a line with "name" and "xml"; add one and run this (Debian: python3-libvirt). Of an accepted document the
definition that libvirt keeps is written, without what no pinning depends on; of a refused one the error.
"""
import json
import os
import pathlib
import re
import sys

import libvirt

ANSWERS = pathlib.Path(__file__).with_name("libvirt-answers.jsonl")
NOISE = re.compile(r"<(os|clock|features)\b.*?</\1>|<(clock|on_\w+|controller|video|memballoon|input)\b.*?(/>|</\2>)|<os/>", re.S)


def ask(xml):
    connection = libvirt.open("test:///default")
    try:
        kept = connection.defineXML(xml).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        return {"kept": re.sub(r">\s+<", "><", NOISE.sub("", kept)).strip()}
    except libvirt.libvirtError as error:
        return {"error": str(error)}


def ask_apart(xml):
    """In a process of its own: some documents crash libvirt 9.0."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, json.dumps(ask(xml)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        text = answer.read()
    os.wait()
    return json.loads(text) if text else {"error": "libvirt crashes"}


def main():
    libvirt.registerErrorHandler(lambda *_: None, None)
    cases = [json.loads(line) for line in ANSWERS.read_text().splitlines()]
    with ANSWERS.open("w") as answers:
        for case in cases:
            answer = {"name": case["name"], "xml": case["xml"], **ask_apart(case["xml"])}
            answers.write(json.dumps(answer, ensure_ascii=False) + "\n")


sys.exit(main())
