"""Holds an archive time-stamp of CAdES (archive-time-stamp-v3 of EN 319 122-1,
5.5.3) against signature and file, by the words of the standard and on another
reader of ASN.1 than ours. Arguments: the signature, the file. Prints "agrees"
for each such time-stamp, newest last, or what differs.
"""

import hashlib
import sys

from asn1crypto import algos, cms, core
from asn1crypto.tsp import TSTInfo

TIME_STAMP, INDEX = "0.4.0.1733.2.4", "0.4.0.19122.1.5"


class Digests(core.SequenceOf):
    _child_spec = core.OctetString


class HashIndex(core.Sequence):
    _fields = [
        ("algorithm", algos.DigestAlgorithm),
        ("certificates", Digests),
        ("lists", Digests),
        ("attributes", Digests),
    ]


def digest(data):
    return hashlib.sha256(data).digest()


def values(attributes, kind=None):
    for attribute in attributes:
        if kind in (None, attribute["type"].dotted):
            for value in attribute["values"]:
                yield attribute["type"], value


signature, content = (open(name, "rb").read() for name in sys.argv[1:3])
signed = cms.ContentInfo.load(signature)["content"]
signer = signed["signer_infos"][0]
there = [
    {digest(one.dump()) for one in signed["certificates"] or []},
    {digest(one.dump()) for one in signed["crls"] or []},
    {digest(k.dump() + v.dump()) for k, v in values(signer["unsigned_attrs"])},
]
for _, value in values(signer["unsigned_attrs"], TIME_STAMP):
    token = cms.ContentInfo.load(value.dump())["content"]
    unsigned = token["signer_infos"][0]["unsigned_attrs"]
    ((_, index),) = values(unsigned, INDEX)
    listed = HashIndex.load(index.dump())
    for name, known in zip(["certificates", "lists", "attributes"], there):
        if not {one.native for one in listed[name]} <= known:
            print(f"{name} that are listed are not there")
    message = signed["encap_content_info"]["content_type"].dump() + digest(content)
    for field in [
        "version",
        "sid",
        "digest_algorithm",
        "signed_attrs",
        "signature_algorithm",
        "signature",
    ]:
        message += signer[field].dump()
    message += index.dump()
    info = TSTInfo.load(token["encap_content_info"]["content"].contents)
    found = info["message_imprint"]["hashed_message"].native
    print("agrees" if found == digest(message) else "the imprint is another")
