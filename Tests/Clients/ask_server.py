"""Asks a running server with other people's clients: OpenAI's, the Model Context Protocol's, and a reader of feeds.

    ask_server.py http://127.0.0.1:8017/

The library is that of `akin demo`. A client that fails ends the program.
"""

import asyncio
import pathlib
import sys
import urllib.request

import feedparser
import openai
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Examples/Python"))
from akin_client import Akin, AkinError
from akin_encoder import AkinEncoder


def embed(address):
    client = openai.OpenAI(base_url=address + "v1", api_key="any")
    models = [model.id for model in client.models.list()]
    assert models[0] == "akin", models
    texts = ["streaming language models with long memory", "protein folding"]
    for encoding in ("float", "base64"):
        answer = client.embeddings.create(model="akin", input=texts, encoding_format=encoding)
        assert len(answer.data) == 2 and answer.usage.total_tokens == 8, answer.usage
    # The client asks for base64 by itself, and turns it back into numbers.
    vectors = [entry.embedding for entry in client.embeddings.create(model="akin", input=texts).data]
    length = sum(part * part for part in vectors[0]) ** 0.5
    assert abs(length - 1) < 1e-3, length
    short = client.embeddings.create(model="akin", input=texts[0], dimensions=16).data[0].embedding
    assert len(short) == 16


async def speak(address):
    async with streamable_http_client(address + "mcp") as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            begun = await session.initialize()
            assert begun.server_info.name == "akin", begun
            tools = [tool.name for tool in (await session.list_tools()).tools]
            assert "search" in tools and "tag" not in tools, tools
            found = await session.call_tool("search", {"query": "streaming attention", "limit": 3})
            text = found.content[0].text
            assert "LLM" in text and len(text) <= 8_000, text
            prompts = [prompt.name for prompt in (await session.list_prompts()).prompts]
            assert prompts
            wrong = await session.call_tool("show", {"papers": ["no such paper at all"]})
            assert wrong.is_error, wrong


def read_feed(address):
    with urllib.request.urlopen(address + "feed") as answer:
        feed = feedparser.parse(answer.read())
    assert not feed.bozo, feed.bozo_exception
    assert feed.feed.title == "New papers"


def run_examples(address):
    akin = Akin(address)
    assert "SirLLM" in " ".join(result["title"] for result in akin.like("InfLLM", limit=3))
    assert akin.search("streaming attention", limit=2, year="2020..")[0]["rank"] == 1
    try:
        akin.paper("no such paper at all")
        raise AssertionError("the paper should not be there")
    except AkinError as error:
        assert "no such paper" in str(error), error
    encoder = AkinEncoder(address, batch=2)
    rows = encoder.encode_corpus([{"title": "Streaming", "text": "language models"}] * 5)
    assert rows.shape[0] == 5 and abs((rows[0] ** 2).sum() - 1) < 1e-3
    assert encoder.similarity(encoder.encode_queries(["streaming models"]), rows).shape == (1, 5)


if __name__ == "__main__":
    embed(sys.argv[1])
    asyncio.run(speak(sys.argv[1]))
    read_feed(sys.argv[1])
    run_examples(sys.argv[1])
    print("All clients understood the server.")
