"""A practice library: harvest notes of learning spaces, published as one cross-linked site.

The line of work is in `build`; `plugin` hands its pages to MkDocs and `cli` speaks to authors.
"""

__version__ = "0.1.0"
